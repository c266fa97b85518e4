using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Consultation.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Mail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_Id",
                table: "OutgoingMails",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_LeasedBy",
                table: "OutgoingMails",
                column: "LeasedBy");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_OrganisationId_CreatedAt",
                table: "OutgoingMails",
                columns: new[] { "OrganisationId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_State_NotBefore",
                table: "OutgoingMails",
                columns: new[] { "State", "NotBefore" });

            migrationBuilder.CreateIndex(
                name: "IX_ActionLinks_Id",
                table: "ActionLinks",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ActionLinks_TokenHash",
                table: "ActionLinks",
                column: "TokenHash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_Id",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_LeasedBy",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_OrganisationId_CreatedAt",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_State_NotBefore",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_ActionLinks_Id",
                table: "ActionLinks");

            migrationBuilder.DropIndex(
                name: "IX_ActionLinks_TokenHash",
                table: "ActionLinks");
        }
    }
}
